"""The sheet that shows the manual."""
