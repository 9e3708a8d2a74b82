"""What residents ask for that cannot be settled at the counter: 诉求, 点单 and 微心愿."""
