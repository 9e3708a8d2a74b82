"""The page 三单 and what it joins."""
