"""What reading one file may cost."""

MEMORY = 512 * 1024 * 1024  # bytes of addresses: a picture of the most pixels takes 300 MB (WebP, 450)
WORK = 5  # seconds of the processor: an ordinary file takes 0.1, the largest picture 3
TIME = 15  # seconds by the clock
AT_ONCE = 2  # files that are read at the same time; others wait for their turn
TURN = 10  # seconds that one waits for it
NICE = 5  # how much readers stand back behind the pages
