# Texts of the Certificates page.
