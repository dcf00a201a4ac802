# Texts of the demo panel.
