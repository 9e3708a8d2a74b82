"""Every verb, in the order the help tells them. A verb stands here from the day it works."""

from __future__ import annotations

from desktop_app.cli.parser import Topic, Verb
from desktop_app.cli.verbs import (
    accounts,
    changing,
    demo,
    enrolling,
    importing,
    keeping,
    looking,
    own_station,
    receiving,
    reporting,
    self_test,
    sending,
    sheets,
    starting,
    stations,
    summing,
    whistling,
)

VERBS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        *starting.VERBS,
        *demo.VERBS,
        *looking.FIELDS,
        *changing.VERBS,
        *looking.VERBS,
        *importing.VERBS,
        *sheets.VERBS,
        *reporting.VERBS,
        *summing.VERBS,
        enrolling.INVITE,
        enrolling.ACCEPT,
        *stations.STREET,
        *receiving.STREET,
        *whistling.STREET,
        enrolling.REQUEST,
        enrolling.JOIN,
        *own_station.VERBS,
        *sending.VERBS,
        *receiving.BUNDLE,
        *accounts.VERBS,
        *keeping.VERBS,
        *self_test.VERBS,
    )
}

TOPICS: dict[str, Topic] = {
    topic.name: topic
    for topic in (
        Topic("street", "街道一侧：邀请站点、接收申请、管理站点和它们的密钥"),
        Topic("station", "站点一侧：申请加入街道、收下接收文件、更换密钥"),
        Topic("bundle", "上报包和回执：导出、查看、核验、收件"),
    )
}
"""The first words of verbs of two words; the help names one once it has a verb."""
