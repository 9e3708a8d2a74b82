"""The fields of an operator, each described once. PIN and password hashes are no fields."""

from __future__ import annotations

from desktop_app.core.fields import Field, FieldKind, Travels, choices_of
from desktop_app.registers.people.rules import Role

FIELDS = (
    Field("name", "姓名", required=True),
    Field("role", "角色", FieldKind.CHOICE, required=True, choices=choices_of(Role)),
    Field("active", "在用", FieldKind.FLAG, required=True),
    Field("password_changed", "密码修改日期", FieldKind.DAY, travels=Travels.NEVER),
    Field("must_change_password", "下次登录须改密码", FieldKind.FLAG, travels=Travels.NEVER),
)
