"""The pages of visits and requests with the ways between them, and the form that joins both."""
