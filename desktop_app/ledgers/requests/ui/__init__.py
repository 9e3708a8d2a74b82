"""What a clerk sees of requests: the list, one request, the sheets of its steps, the form."""
