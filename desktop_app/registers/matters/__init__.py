"""事项目录: what people come for, and what the station tells them about it."""
