"""服务记录 and 服务证明: who served when and for how long, and what is certified of it."""
