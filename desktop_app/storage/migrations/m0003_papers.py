"""Step 3: 文书存档. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 3
TITLE = "文书存档"

SQLITE = (
    """
CREATE TABLE paper (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	report TEXT NOT NULL CONSTRAINT ck_paper_report_length CHECK (length(report) <= 40),
	title TEXT NOT NULL CONSTRAINT ck_paper_title_length CHECK (length(title) <= 120),
	day TEXT NOT NULL,
	sha256 TEXT NOT NULL CONSTRAINT ck_paper_sha256_length CHECK (length(sha256) <= 64),
	size INTEGER NOT NULL,
	pages INTEGER NOT NULL,
	about BLOB,
	period TEXT NOT NULL CONSTRAINT ck_paper_period_length CHECK (length(period) <= 20),
	wording TEXT NOT NULL,
	copies TEXT NOT NULL,
	made_by BLOB,
	made_by_name TEXT NOT NULL CONSTRAINT ck_paper_made_by_name_length CHECK (length(made_by_name) <= 60),
	CONSTRAINT pk_paper PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_paper_about ON paper (about, created_at)
""",
    """
CREATE INDEX ix_paper_listed ON paper (created_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_paper_period ON paper (report, period, created_at)
""",
    """
CREATE TABLE phrase (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	report TEXT NOT NULL CONSTRAINT ck_phrase_report_length CHECK (length(report) <= 40),
	name TEXT NOT NULL CONSTRAINT ck_phrase_name_length CHECK (length(name) <= 40),
	text TEXT NOT NULL CONSTRAINT ck_phrase_text_length CHECK (length(text) <= 4000),
	CONSTRAINT pk_phrase PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE UNIQUE INDEX uq_phrase_name ON phrase (report, name) WHERE deleted_at IS NULL
""",
)

POSTGRESQL = (
    """
CREATE TABLE paper (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	report VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_paper_report_length CHECK (length(report) <= 40),
	title VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_paper_title_length CHECK (length(title) <= 120),
	day VARCHAR COLLATE "C" NOT NULL,
	sha256 VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_paper_sha256_length CHECK (length(sha256) <= 64),
	size BIGINT NOT NULL,
	pages BIGINT NOT NULL,
	about UUID,
	period VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_paper_period_length CHECK (length(period) <= 20),
	wording TEXT NOT NULL,
	copies TEXT NOT NULL,
	made_by UUID,
	made_by_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_paper_made_by_name_length CHECK (length(made_by_name) <= 60),
	CONSTRAINT pk_paper PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_paper_about ON paper (about, created_at)
""",
    """
CREATE INDEX ix_paper_listed ON paper (created_at, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_paper_period ON paper (report, period, created_at)
""",
    """
CREATE TABLE phrase (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	report VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_phrase_report_length CHECK (length(report) <= 40),
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_phrase_name_length CHECK (length(name) <= 40),
	text VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_phrase_text_length CHECK (length(text) <= 4000),
	CONSTRAINT pk_phrase PRIMARY KEY (uid)
)
""",
    """
CREATE UNIQUE INDEX uq_phrase_name ON phrase (report, name) WHERE deleted_at IS NULL
""",
)
