# Texts of the window around the pages, and of the Connect, Terminal and Settings pages.

page-connect = Connect
page-messages = Messages
page-latency = Latency
page-terminal = Terminal
page-settings = Settings

rung-port = Port
rung-at = AT
rung-sim = SIM
rung-signal = Signal
rung-network = Network
rung-data = Data
rung-dns = DNS
rung-tcp = TCP
rung-tls = TLS
rung-mqtt = MQTT
rung-subscribed = Subscribed
ladder-first-failed = Stopped at { $rung }
