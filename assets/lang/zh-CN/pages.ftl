# Texts of the Messages and Latency pages.
