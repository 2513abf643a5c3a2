"""What all documents are drawn with: fonts, worksheets, typesetting."""
