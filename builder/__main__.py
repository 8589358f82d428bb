"""What the start script runs: the command line of this checkout."""

import signal

# Until the command line can say so, Ctrl-C ends it without a traceback.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from wasmwright.cli import main

main()
