"""What single sentences and short passages tell, over places made by hand."""
