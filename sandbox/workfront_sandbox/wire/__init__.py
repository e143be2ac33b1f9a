"""What comes and goes: requests, answers, errors, multipart bodies, dates as the service writes them."""
