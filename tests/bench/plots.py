"""The two pictures of docs/performance.md, drawn by gnuplot."""
import subprocess
from pathlib import Path

HEAD = """set terminal pngcairo size 1000,{height} font "sans,11"
set output "{file}"
set border 3
set tics nomirror out
set grid ytics lc rgb "#dddddd"
"""


def draw(file, height, script, blocks):
    data = "".join(f"${name} << end_of_data\n{body}\nend_of_data\n" for name, body in blocks.items())
    text = data + HEAD.format(file=file, height=height) + script
    try:
        subprocess.run(["gnuplot"], input=text, text=True, check=True)
    except FileNotFoundError:
        raise SystemExit("bench: the pictures are drawn by gnuplot; tools/setup installs it") from None


def draw_air(flight, folder):
    """When one modem is on the air, and how long it is not in between."""
    spans = next(iter(flight.spans.values()))
    bars = "\n".join(f"{begin} {end}" for begin, end in spans)
    gaps = flight.gaps()
    counts = {gap: gaps.count(gap) for gap in range(max(gaps) + 1)}
    script = f"""set multiplot layout 2,1 title "One modem, {len(spans)} messages of 200 ms: {100 * flight.share():.1f} % of the time on the air"
set xrange [0:3000]; set yrange [0:1]; unset ytics; set xlabel "milliseconds since the request was answered (the first three seconds)"
set style fill solid 0.9 noborder
plot $bars using ($1):(0.5):1:2:(0.15):(0.85) with boxxyerrorbars lc rgb "#3465a4" title "on the air"
set xrange [-1:{max(20, max(gaps) + 2)}]; set yrange [0:*]; set ytics; set xlabel "milliseconds from a verdict to the next Ctrl-Z"
set ylabel "how often"; set boxwidth 0.8
plot $gaps using 1:2 with boxes lc rgb "#3465a4" notitle
unset multiplot
"""
    draw(Path(folder) / "air.png", 700, script,
         {"bars": bars, "gaps": "\n".join(f"{gap} {count}" for gap, count in counts.items())})


def draw_flat(costs, folder):
    """What a message costs over how many wait behind it."""
    body = "\n".join(f"{queued} {wall} {cpu}" for queued, (wall, cpu) in costs.items())
    script = """set title "One modem without air time: what a message costs"
set logscale x; set format x "%.0f"; set xlabel "messages in the queue"
set ylabel "milliseconds for each message"; set yrange [0:*]; set xrange [700:150000]
plot $costs using 1:2 with linespoints lw 2 pt 7 lc rgb "#3465a4" title "wall clock", \\
     $costs using 1:3 with linespoints lw 2 pt 5 lc rgb "#cc0000" title "CPU of the daemon, all threads"
"""
    draw(Path(folder) / "flat.png", 500, script, {"costs": body})
