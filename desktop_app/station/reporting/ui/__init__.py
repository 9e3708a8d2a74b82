"""The page 上报: reporting to the street, what came back, and how a station joins one."""
