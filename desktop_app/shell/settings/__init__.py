"""设置: what a station and this PC are set to; the sections themselves live with what they set."""
