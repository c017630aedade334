"""What a document may cost (上限). Whatever passes one of these is refused or cut, and says so."""

MB = 1024 * 1024
LARGEST = 20 * MB  # of a file
MOST_PARTS = 3000  # in a package
MOST_BYTES = 200 * MB  # of a package unpacked
MOST_XML = 64 * MB  # of one part of XML unpacked
MOST_ELEMENTS = 4_000_000  # of XML in a package, cells of a sheet aside
MOST_DEPTH = 200  # of elements within elements
MOST_RATIO = 500  # unpacked to packed, of a part over 16 MB
MOST_MEMBERS = 200  # files in a zip
MOST_UNFOLDED = 300 * MB  # of a workbook
MOST_CELLS = 5_000_000  # of its sheets, each from the first to the last
MOST_PIXELS = 100_000_000  # of a picture
MOST_PAGES = 2000  # of a pdf
MOST_TEXT = 20_000_000  # characters
MOST_BLOCKS = 200_000
MEMORY = 512 * MB  # of the process that reads
SECONDS = 20  # of that process, on the clock and of the processor
