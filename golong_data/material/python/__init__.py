"""Python sources as material: modules read by `ast`, pieces of them, changes made in them."""
