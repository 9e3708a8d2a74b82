"""The page 志愿 and what it joins."""
