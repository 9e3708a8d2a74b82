"""站点: who reported until when, and how stations join, change and go."""
