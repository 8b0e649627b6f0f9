"""Reports: sections as data, drawn as HTML, printed as PDF, in English and Simplified Chinese."""
