"""What goes in and out, as types: ninja reads the document off them."""
