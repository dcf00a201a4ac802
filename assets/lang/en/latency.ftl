# Texts of the Latency page.

latency-empty = Nothing measured yet
latency-empty-hint = Publish at QoS 1 or 2 to see PUBACK and PUBCOMP times.
latency-network = Network and broker
latency-modem = Modem
latency-total = Total
latency-series-network-1 = QoS 1: OK → PUBACK
latency-series-network-2 = QoS 2: OK → PUBCOMP
latency-series-modem = QoS { $qos }: command → OK
latency-series-lost = Not confirmed
latency-series-toggle = Show { $series }
latency-column-count = Count
latency-column-max = max
latency-losses = { $n } × { $what }
latency-floor = Line at { $baud } baud: at least { $accept } for OK, { $ack } for PUBACK
latency-run = Run
latency-run-all = All runs
latency-run-name = Run { $n } · { $port } · { $time }
latency-export = Export CSV
latency-clear = Clear
latency-fit = Show all
latency-axis = ms
latency-trimmed = { $n } older measurements are counted but no longer drawn
latency-plot = Times of publishes over the time of day
