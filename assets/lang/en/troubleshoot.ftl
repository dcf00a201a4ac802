# Texts of the Troubleshoot page.
