"""The whole street's figures, kept counted by month: 总览, its monthly report, `summary`."""
