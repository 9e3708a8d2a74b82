"""Step 11: 吹哨答复. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 11
TITLE = "吹哨答复"

SQLITE = (
    """
CREATE TABLE whistle_answer (
	station TEXT NOT NULL,
	request BLOB NOT NULL,
	asked INTEGER NOT NULL,
	uid BLOB NOT NULL,
	at INTEGER NOT NULL,
	given_by TEXT NOT NULL CONSTRAINT ck_whistle_answer_given_by_length CHECK (length(given_by) <= 60),
	words TEXT NOT NULL CONSTRAINT ck_whistle_answer_words_length CHECK (length(words) <= 2000),
	way TEXT NOT NULL CONSTRAINT ck_whistle_answer_way_known CHECK (way IN ('sent', 'taken', 'passed')),
	seen INTEGER NOT NULL,
	CONSTRAINT pk_whistle_answer PRIMARY KEY (station, request, asked)
)
 STRICT
""",
    """
CREATE INDEX ix_whistle_answer_open ON whistle_answer (station, at) WHERE way = 'sent'
""",
)

POSTGRESQL = (
    """
CREATE TABLE whistle_answer (
	station VARCHAR COLLATE "C" NOT NULL,
	request UUID NOT NULL,
	asked BIGINT NOT NULL,
	uid UUID NOT NULL,
	at BIGINT NOT NULL,
	given_by VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_whistle_answer_given_by_length CHECK (length(given_by) <= 60),
	words VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_whistle_answer_words_length CHECK (length(words) <= 2000),
	way VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_whistle_answer_way_known CHECK (way IN ('sent', 'taken', 'passed')),
	seen BIGINT NOT NULL,
	CONSTRAINT pk_whistle_answer PRIMARY KEY (station, request, asked)
)
""",
    """
CREATE INDEX ix_whistle_answer_open ON whistle_answer (station, at) WHERE way = 'sent'
""",
)
