"""The section 地点 of 设置: the tree of places, and the form of the one that is being written."""
