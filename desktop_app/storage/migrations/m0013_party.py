"""Step 13: 在职党员报到. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 13
TITLE = "在职党员报到"

SQLITE = (
    """
CREATE TABLE party_member (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	number TEXT NOT NULL CONSTRAINT ck_party_member_number_length CHECK (length(number) <= 40),
	resident BLOB NOT NULL,
	unit TEXT NOT NULL CONSTRAINT ck_party_member_unit_length CHECK (length(unit) <= 200),
	unit_liaison TEXT NOT NULL CONSTRAINT ck_party_member_unit_liaison_length CHECK (length(unit_liaison) <= 200),
	unit_phone TEXT NOT NULL,
	branch TEXT NOT NULL CONSTRAINT ck_party_member_branch_length CHECK (length(branch) <= 200),
	reported_on TEXT NOT NULL,
	shown_on TEXT,
	shown_how TEXT NOT NULL CONSTRAINT ck_party_member_shown_how_length CHECK (length(shown_how) <= 200),
	specialities TEXT NOT NULL CONSTRAINT ck_party_member_specialities_length CHECK (length(specialities) <= 2000),
	wishes TEXT NOT NULL CONSTRAINT ck_party_member_wishes_length CHECK (length(wishes) <= 2000),
	pledges TEXT NOT NULL,
	feedbacks TEXT NOT NULL,
	left_on TEXT,
	left_reason TEXT NOT NULL CONSTRAINT ck_party_member_left_reason_length CHECK (length(left_reason) <= 200),
	state TEXT NOT NULL CONSTRAINT ck_party_member_state_known CHECK (state IN ('reported', 'left')),
	steps TEXT NOT NULL,
	remark TEXT NOT NULL CONSTRAINT ck_party_member_remark_length CHECK (length(remark) <= 2000),
	pledged INTEGER NOT NULL,
	kept INTEGER NOT NULL,
	quarters TEXT NOT NULL CONSTRAINT ck_party_member_quarters_length CHECK (length(quarters) <= 2000),
	CONSTRAINT pk_party_member PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_party_member_listed ON party_member (number, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_party_member_resident ON party_member (resident) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_party_member_state ON party_member (state, number, uid) WHERE deleted_at IS NULL
""",
    """
CREATE UNIQUE INDEX uq_party_member_number ON party_member (number)
""",
)

POSTGRESQL = (
    """
CREATE TABLE party_member (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_party_member_number_length CHECK (length(number) <= 40),
	resident UUID NOT NULL,
	unit VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_party_member_unit_length CHECK (length(unit) <= 200),
	unit_liaison VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_party_member_unit_liaison_length CHECK (length(unit_liaison) <= 200),
	unit_phone TEXT NOT NULL,
	branch VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_party_member_branch_length CHECK (length(branch) <= 200),
	reported_on VARCHAR COLLATE "C" NOT NULL,
	shown_on VARCHAR COLLATE "C",
	shown_how VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_party_member_shown_how_length CHECK (length(shown_how) <= 200),
	specialities VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_party_member_specialities_length CHECK (length(specialities) <= 2000),
	wishes VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_party_member_wishes_length CHECK (length(wishes) <= 2000),
	pledges TEXT NOT NULL,
	feedbacks TEXT NOT NULL,
	left_on VARCHAR COLLATE "C",
	left_reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_party_member_left_reason_length CHECK (length(left_reason) <= 200),
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_party_member_state_known CHECK (state IN ('reported', 'left')),
	steps TEXT NOT NULL,
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_party_member_remark_length CHECK (length(remark) <= 2000),
	pledged BIGINT NOT NULL,
	kept BIGINT NOT NULL,
	quarters VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_party_member_quarters_length CHECK (length(quarters) <= 2000),
	CONSTRAINT pk_party_member PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_party_member_listed ON party_member (number, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_party_member_resident ON party_member (resident) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_party_member_state ON party_member (state, number, uid) WHERE deleted_at IS NULL
""",
    """
CREATE UNIQUE INDEX uq_party_member_number ON party_member (number)
""",
)
