"""Who works together with the station: 共建单位, whom to call there, what they are good at."""
