"""Step 14: 岗位、认领、值班. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 14
TITLE = "岗位、认领、值班"

SQLITE = (
    """
CREATE TABLE claim (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	post BLOB NOT NULL,
	volunteer BLOB NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_claim_state_known CHECK (state IN ('claimed', 'waiting', 'on', 'ended', 'refused', 'withdrawn')),
	claimed_on TEXT NOT NULL,
	approved_on TEXT,
	ended_on TEXT,
	reason TEXT NOT NULL CONSTRAINT ck_claim_reason_length CHECK (length(reason) <= 500),
	steps TEXT NOT NULL,
	CONSTRAINT pk_claim PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_claim_listed ON claim (claimed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_claim_live ON claim (post, state, uid) WHERE deleted_at IS NULL AND state IN ('claimed', 'waiting', 'on')
""",
    """
CREATE INDEX ix_claim_post ON claim (post, claimed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_claim_state ON claim (state, claimed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_claim_volunteer ON claim (volunteer, claimed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE TABLE post (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	number TEXT NOT NULL CONSTRAINT ck_post_number_length CHECK (length(number) <= 40),
	name TEXT NOT NULL CONSTRAINT ck_post_name_length CHECK (length(name) <= 100),
	direction TEXT NOT NULL CONSTRAINT ck_post_direction_known CHECK (direction IN ('patrol', 'guiding', 'publicity', 'cleaning', 'elderly', 'children', 'disabled', 'health', 'legal', 'mediating', 'repairing', 'culture', 'sorting', 'emergency', 'desk', 'other')),
	place_words TEXT NOT NULL CONSTRAINT ck_post_place_words_length CHECK (length(place_words) <= 200),
	compound BLOB,
	quota INTEGER NOT NULL,
	pattern TEXT,
	from_on TEXT NOT NULL,
	until_on TEXT,
	team BLOB,
	needs_insurance INTEGER NOT NULL,
	min_age INTEGER,
	duties TEXT NOT NULL CONSTRAINT ck_post_duties_length CHECK (length(duties) <= 2000),
	state TEXT NOT NULL CONSTRAINT ck_post_state_known CHECK (state IN ('open', 'closed')),
	steps TEXT NOT NULL,
	remark TEXT NOT NULL CONSTRAINT ck_post_remark_length CHECK (length(remark) <= 2000),
	CONSTRAINT pk_post PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_post_listed ON post (number, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_post_name ON post (name) WHERE deleted_at IS NULL
""",
    """
CREATE UNIQUE INDEX uq_post_number ON post (number)
""",
    """
CREATE TABLE shift (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	post BLOB NOT NULL,
	volunteer BLOB NOT NULL,
	day TEXT NOT NULL,
	starts_at INTEGER NOT NULL,
	ends_at INTEGER NOT NULL,
	override_reason TEXT NOT NULL CONSTRAINT ck_shift_override_reason_length CHECK (length(override_reason) <= 500),
	state TEXT NOT NULL CONSTRAINT ck_shift_state_known CHECK (state IN ('planned', 'done', 'absent', 'cancelled')),
	service BLOB,
	steps TEXT NOT NULL,
	CONSTRAINT pk_shift PRIMARY KEY (uid),
	CONSTRAINT ck_shift_shift_goes_on CHECK (starts_at < ends_at)
)
 STRICT
""",
    """
CREATE INDEX ix_shift_holding ON shift (volunteer, starts_at, ends_at) WHERE deleted_at IS NULL AND state IN ('planned', 'done')
""",
    """
CREATE INDEX ix_shift_listed ON shift (day, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_shift_now ON shift (starts_at, ends_at) WHERE deleted_at IS NULL AND state IN ('planned', 'done')
""",
    """
CREATE INDEX ix_shift_post ON shift (post, day, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_shift_service ON shift (service) WHERE deleted_at IS NULL AND service IS NOT NULL
""",
    """
CREATE INDEX ix_shift_volunteer ON shift (volunteer, day, uid) WHERE deleted_at IS NULL
""",
)

POSTGRESQL = (
    """
CREATE TABLE claim (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	post UUID NOT NULL,
	volunteer UUID NOT NULL,
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_claim_state_known CHECK (state IN ('claimed', 'waiting', 'on', 'ended', 'refused', 'withdrawn')),
	claimed_on VARCHAR COLLATE "C" NOT NULL,
	approved_on VARCHAR COLLATE "C",
	ended_on VARCHAR COLLATE "C",
	reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_claim_reason_length CHECK (length(reason) <= 500),
	steps TEXT NOT NULL,
	CONSTRAINT pk_claim PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_claim_listed ON claim (claimed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_claim_live ON claim (post, state, uid) WHERE deleted_at IS NULL AND state IN ('claimed', 'waiting', 'on')
""",
    """
CREATE INDEX ix_claim_post ON claim (post, claimed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_claim_state ON claim (state, claimed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_claim_volunteer ON claim (volunteer, claimed_on, uid) WHERE deleted_at IS NULL
""",
    """
CREATE TABLE post (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_post_number_length CHECK (length(number) <= 40),
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_post_name_length CHECK (length(name) <= 100),
	direction VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_post_direction_known CHECK (direction IN ('patrol', 'guiding', 'publicity', 'cleaning', 'elderly', 'children', 'disabled', 'health', 'legal', 'mediating', 'repairing', 'culture', 'sorting', 'emergency', 'desk', 'other')),
	place_words VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_post_place_words_length CHECK (length(place_words) <= 200),
	compound UUID,
	quota BIGINT NOT NULL,
	pattern TEXT,
	from_on VARCHAR COLLATE "C" NOT NULL,
	until_on VARCHAR COLLATE "C",
	team UUID,
	needs_insurance SMALLINT NOT NULL,
	min_age BIGINT,
	duties VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_post_duties_length CHECK (length(duties) <= 2000),
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_post_state_known CHECK (state IN ('open', 'closed')),
	steps TEXT NOT NULL,
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_post_remark_length CHECK (length(remark) <= 2000),
	CONSTRAINT pk_post PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_post_listed ON post (number, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_post_name ON post (name) WHERE deleted_at IS NULL
""",
    """
CREATE UNIQUE INDEX uq_post_number ON post (number)
""",
    """
CREATE TABLE shift (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	post UUID NOT NULL,
	volunteer UUID NOT NULL,
	day VARCHAR COLLATE "C" NOT NULL,
	starts_at BIGINT NOT NULL,
	ends_at BIGINT NOT NULL,
	override_reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_shift_override_reason_length CHECK (length(override_reason) <= 500),
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_shift_state_known CHECK (state IN ('planned', 'done', 'absent', 'cancelled')),
	service UUID,
	steps TEXT NOT NULL,
	CONSTRAINT pk_shift PRIMARY KEY (uid),
	CONSTRAINT ck_shift_shift_goes_on CHECK (starts_at < ends_at)
)
""",
    """
CREATE INDEX ix_shift_holding ON shift (volunteer, starts_at, ends_at) WHERE deleted_at IS NULL AND state IN ('planned', 'done')
""",
    """
CREATE INDEX ix_shift_listed ON shift (day, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_shift_now ON shift (starts_at, ends_at) WHERE deleted_at IS NULL AND state IN ('planned', 'done')
""",
    """
CREATE INDEX ix_shift_post ON shift (post, day, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_shift_service ON shift (service) WHERE deleted_at IS NULL AND service IS NOT NULL
""",
    """
CREATE INDEX ix_shift_volunteer ON shift (volunteer, day, uid) WHERE deleted_at IS NULL
""",
)
