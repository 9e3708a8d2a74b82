"""Step 17: 表格模板. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 17
TITLE = "表格模板"

SQLITE = (
    """
CREATE TABLE sheet_template (
	uid BLOB NOT NULL,
	name TEXT NOT NULL CONSTRAINT ck_sheet_template_name_length CHECK (length(name) <= 60),
	kind TEXT NOT NULL CONSTRAINT ck_sheet_template_kind_length CHECK (length(kind) <= 40),
	content BLOB NOT NULL,
	added_at INTEGER NOT NULL,
	added_by_name TEXT NOT NULL CONSTRAINT ck_sheet_template_added_by_name_length CHECK (length(added_by_name) <= 60),
	CONSTRAINT pk_sheet_template PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE UNIQUE INDEX uq_sheet_template_name ON sheet_template (name)
""",
)

POSTGRESQL = (
    """
CREATE TABLE sheet_template (
	uid UUID NOT NULL,
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_sheet_template_name_length CHECK (length(name) <= 60),
	kind VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_sheet_template_kind_length CHECK (length(kind) <= 40),
	content BYTEA NOT NULL,
	added_at BIGINT NOT NULL,
	added_by_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_sheet_template_added_by_name_length CHECK (length(added_by_name) <= 60),
	CONSTRAINT pk_sheet_template PRIMARY KEY (uid)
)
""",
    """
CREATE UNIQUE INDEX uq_sheet_template_name ON sheet_template (name)
""",
)
