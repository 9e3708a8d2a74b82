"""Step 16: 导入表格. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 16
TITLE = "导入表格"

SQLITE = (
    """
CREATE TABLE sheet_import (
	uid BLOB NOT NULL,
	number TEXT NOT NULL CONSTRAINT ck_sheet_import_number_length CHECK (length(number) <= 40),
	kind TEXT NOT NULL CONSTRAINT ck_sheet_import_kind_length CHECK (length(kind) <= 40),
	file TEXT NOT NULL,
	digest TEXT NOT NULL CONSTRAINT ck_sheet_import_digest_length CHECK (length(digest) <= 64),
	begun_at INTEGER NOT NULL,
	touched_at INTEGER NOT NULL,
	ended_at INTEGER,
	actor BLOB,
	actor_name TEXT NOT NULL CONSTRAINT ck_sheet_import_actor_name_length CHECK (length(actor_name) <= 60),
	state TEXT NOT NULL CONSTRAINT ck_sheet_import_state_known CHECK (state IN ('running', 'done', 'taking_back', 'taken_back', 'partly')),
	counts TEXT NOT NULL,
	CONSTRAINT pk_sheet_import PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_sheet_import_begun_at ON sheet_import (begun_at)
""",
    """
CREATE TABLE sheet_mapping (
	pattern TEXT NOT NULL,
	kind TEXT NOT NULL CONSTRAINT ck_sheet_mapping_kind_length CHECK (length(kind) <= 40),
	columns TEXT NOT NULL,
	changed_at INTEGER NOT NULL,
	CONSTRAINT pk_sheet_mapping PRIMARY KEY (pattern)
)
 STRICT
""",
    """
CREATE TABLE sheet_import_row (
	import BLOB NOT NULL,
	n INTEGER NOT NULL,
	"row" INTEGER NOT NULL,
	kind TEXT NOT NULL CONSTRAINT ck_sheet_import_row_kind_length CHECK (length(kind) <= 40),
	uid BLOB NOT NULL,
	"before" INTEGER NOT NULL,
	"after" INTEGER NOT NULL,
	CONSTRAINT pk_sheet_import_row PRIMARY KEY (import, n),
	CONSTRAINT fk_sheet_import_row_import FOREIGN KEY(import) REFERENCES sheet_import (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_sheet_import_row_uid ON sheet_import_row (uid)
""",
)

POSTGRESQL = (
    """
CREATE TABLE sheet_import (
	uid UUID NOT NULL,
	number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_sheet_import_number_length CHECK (length(number) <= 40),
	kind VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_sheet_import_kind_length CHECK (length(kind) <= 40),
	file TEXT NOT NULL,
	digest VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_sheet_import_digest_length CHECK (length(digest) <= 64),
	begun_at BIGINT NOT NULL,
	touched_at BIGINT NOT NULL,
	ended_at BIGINT,
	actor UUID,
	actor_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_sheet_import_actor_name_length CHECK (length(actor_name) <= 60),
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_sheet_import_state_known CHECK (state IN ('running', 'done', 'taking_back', 'taken_back', 'partly')),
	counts TEXT NOT NULL,
	CONSTRAINT pk_sheet_import PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_sheet_import_begun_at ON sheet_import (begun_at)
""",
    """
CREATE TABLE sheet_mapping (
	pattern VARCHAR COLLATE "C" NOT NULL,
	kind VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_sheet_mapping_kind_length CHECK (length(kind) <= 40),
	columns TEXT NOT NULL,
	changed_at BIGINT NOT NULL,
	CONSTRAINT pk_sheet_mapping PRIMARY KEY (pattern)
)
""",
    """
CREATE TABLE sheet_import_row (
	import UUID NOT NULL,
	n BIGINT NOT NULL,
	row BIGINT NOT NULL,
	kind VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_sheet_import_row_kind_length CHECK (length(kind) <= 40),
	uid UUID NOT NULL,
	before BIGINT NOT NULL,
	after BIGINT NOT NULL,
	CONSTRAINT pk_sheet_import_row PRIMARY KEY (import, n),
	CONSTRAINT fk_sheet_import_row_import FOREIGN KEY(import) REFERENCES sheet_import (uid)
)
""",
    """
CREATE INDEX ix_sheet_import_row_uid ON sheet_import_row (uid)
""",
)
