"""Step 12: 志愿者、志愿队伍和队员. Frozen: a later change is a later step."""

# Statements are long and machine-shaped on purpose; nobody edits them.
# ruff: noqa: E501

NUMBER = 12
TITLE = "志愿者、志愿队伍和队员"

SQLITE = (
    """
CREATE TABLE membership (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	team BLOB NOT NULL,
	volunteer BLOB NOT NULL,
	joined_on TEXT NOT NULL,
	left_on TEXT,
	left_reason TEXT NOT NULL CONSTRAINT ck_membership_left_reason_length CHECK (length(left_reason) <= 500),
	role TEXT NOT NULL CONSTRAINT ck_membership_role_known CHECK (role IN ('member', 'deputy', 'leader')),
	CONSTRAINT pk_membership PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_membership_team ON membership (team, joined_on, volunteer) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_membership_volunteer ON membership (volunteer, joined_on, team) WHERE deleted_at IS NULL
""",
    """
CREATE TABLE team (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	number TEXT NOT NULL CONSTRAINT ck_team_number_length CHECK (length(number) <= 40),
	name TEXT NOT NULL CONSTRAINT ck_team_name_length CHECK (length(name) <= 100),
	team_kind TEXT NOT NULL CONSTRAINT ck_team_team_kind_known CHECK (team_kind IN ('neighbours', 'pioneers', 'experts', 'youth', 'women', 'silver', 'other')),
	organisation TEXT NOT NULL CONSTRAINT ck_team_organisation_length CHECK (length(organisation) <= 100),
	leader BLOB,
	deputy BLOB,
	founded_on TEXT NOT NULL,
	direction TEXT NOT NULL,
	direction_words TEXT NOT NULL CONSTRAINT ck_team_direction_words_length CHECK (length(direction_words) <= 2000),
	compound BLOB,
	disbanded_on TEXT,
	disband_reason TEXT NOT NULL CONSTRAINT ck_team_disband_reason_length CHECK (length(disband_reason) <= 500),
	steps TEXT NOT NULL,
	remark TEXT NOT NULL CONSTRAINT ck_team_remark_length CHECK (length(remark) <= 2000),
	sort TEXT NOT NULL,
	CONSTRAINT pk_team PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_team_listed ON team (sort, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_team_name ON team (name) WHERE deleted_at IS NULL
""",
    """
CREATE UNIQUE INDEX uq_team_number ON team (number)
""",
    """
CREATE TABLE volunteer (
	uid BLOB NOT NULL,
	station TEXT NOT NULL,
	revision INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	deleted_at INTEGER,
	number TEXT NOT NULL CONSTRAINT ck_volunteer_number_length CHECK (length(number) <= 40),
	resident BLOB NOT NULL,
	national_number TEXT NOT NULL CONSTRAINT ck_volunteer_national_number_length CHECK (length(national_number) <= 40),
	ethnicity TEXT NOT NULL CONSTRAINT ck_volunteer_ethnicity_length CHECK (length(ethnicity) <= 200),
	political TEXT NOT NULL CONSTRAINT ck_volunteer_political_known CHECK (political IN ('masses', 'youth_league', 'probationary', 'member', 'democratic', 'other')),
	education TEXT NOT NULL CONSTRAINT ck_volunteer_education_length CHECK (length(education) <= 200),
	skills TEXT NOT NULL,
	directions TEXT NOT NULL,
	times_words TEXT NOT NULL CONSTRAINT ck_volunteer_times_words_length CHECK (length(times_words) <= 2000),
	health_note TEXT NOT NULL,
	emergency_name TEXT NOT NULL CONSTRAINT ck_volunteer_emergency_name_length CHECK (length(emergency_name) <= 60),
	emergency_phone TEXT NOT NULL,
	guardian_consent TEXT,
	insurance TEXT,
	registered_on TEXT NOT NULL,
	disclose INTEGER NOT NULL,
	trainings TEXT NOT NULL,
	honours TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_volunteer_state_known CHECK (state IN ('active', 'paused', 'left', 'cancelled')),
	left_on TEXT,
	left_reason TEXT NOT NULL CONSTRAINT ck_volunteer_left_reason_length CHECK (length(left_reason) <= 500),
	merged_into BLOB,
	steps TEXT NOT NULL,
	remark TEXT NOT NULL CONSTRAINT ck_volunteer_remark_length CHECK (length(remark) <= 2000),
	insured_until TEXT,
	photo_count INTEGER NOT NULL,
	CONSTRAINT pk_volunteer PRIMARY KEY (uid)
)
 STRICT
""",
    """
CREATE INDEX ix_volunteer_insured_until ON volunteer (insured_until) WHERE deleted_at IS NULL AND merged_into IS NULL AND insured_until IS NOT NULL
""",
    """
CREATE INDEX ix_volunteer_listed ON volunteer (number, uid) WHERE deleted_at IS NULL AND merged_into IS NULL
""",
    """
CREATE INDEX ix_volunteer_merged_into ON volunteer (merged_into) WHERE merged_into IS NOT NULL
""",
    """
CREATE INDEX ix_volunteer_national_number ON volunteer (national_number) WHERE deleted_at IS NULL AND merged_into IS NULL AND national_number <> ''
""",
    """
CREATE INDEX ix_volunteer_resident ON volunteer (resident) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_volunteer_state ON volunteer (state, number, uid) WHERE deleted_at IS NULL AND merged_into IS NULL
""",
    """
CREATE UNIQUE INDEX uq_volunteer_number ON volunteer (number)
""",
)

POSTGRESQL = (
    """
CREATE TABLE membership (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	team UUID NOT NULL,
	volunteer UUID NOT NULL,
	joined_on VARCHAR COLLATE "C" NOT NULL,
	left_on VARCHAR COLLATE "C",
	left_reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_membership_left_reason_length CHECK (length(left_reason) <= 500),
	role VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_membership_role_known CHECK (role IN ('member', 'deputy', 'leader')),
	CONSTRAINT pk_membership PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_membership_team ON membership (team, joined_on, volunteer) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_membership_volunteer ON membership (volunteer, joined_on, team) WHERE deleted_at IS NULL
""",
    """
CREATE TABLE team (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_team_number_length CHECK (length(number) <= 40),
	name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_team_name_length CHECK (length(name) <= 100),
	team_kind VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_team_team_kind_known CHECK (team_kind IN ('neighbours', 'pioneers', 'experts', 'youth', 'women', 'silver', 'other')),
	organisation VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_team_organisation_length CHECK (length(organisation) <= 100),
	leader UUID,
	deputy UUID,
	founded_on VARCHAR COLLATE "C" NOT NULL,
	direction TEXT NOT NULL,
	direction_words VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_team_direction_words_length CHECK (length(direction_words) <= 2000),
	compound UUID,
	disbanded_on VARCHAR COLLATE "C",
	disband_reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_team_disband_reason_length CHECK (length(disband_reason) <= 500),
	steps TEXT NOT NULL,
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_team_remark_length CHECK (length(remark) <= 2000),
	sort VARCHAR COLLATE "C" NOT NULL,
	CONSTRAINT pk_team PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_team_listed ON team (sort, uid) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_team_name ON team (name) WHERE deleted_at IS NULL
""",
    """
CREATE UNIQUE INDEX uq_team_number ON team (number)
""",
    """
CREATE TABLE volunteer (
	uid UUID NOT NULL,
	station VARCHAR COLLATE "C" NOT NULL,
	revision BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	deleted_at BIGINT,
	number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_volunteer_number_length CHECK (length(number) <= 40),
	resident UUID NOT NULL,
	national_number VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_volunteer_national_number_length CHECK (length(national_number) <= 40),
	ethnicity VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_volunteer_ethnicity_length CHECK (length(ethnicity) <= 200),
	political VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_volunteer_political_known CHECK (political IN ('masses', 'youth_league', 'probationary', 'member', 'democratic', 'other')),
	education VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_volunteer_education_length CHECK (length(education) <= 200),
	skills TEXT NOT NULL,
	directions TEXT NOT NULL,
	times_words VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_volunteer_times_words_length CHECK (length(times_words) <= 2000),
	health_note TEXT NOT NULL,
	emergency_name VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_volunteer_emergency_name_length CHECK (length(emergency_name) <= 60),
	emergency_phone TEXT NOT NULL,
	guardian_consent TEXT,
	insurance TEXT,
	registered_on VARCHAR COLLATE "C" NOT NULL,
	disclose SMALLINT NOT NULL,
	trainings TEXT NOT NULL,
	honours TEXT NOT NULL,
	state VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_volunteer_state_known CHECK (state IN ('active', 'paused', 'left', 'cancelled')),
	left_on VARCHAR COLLATE "C",
	left_reason VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_volunteer_left_reason_length CHECK (length(left_reason) <= 500),
	merged_into UUID,
	steps TEXT NOT NULL,
	remark VARCHAR COLLATE "C" NOT NULL CONSTRAINT ck_volunteer_remark_length CHECK (length(remark) <= 2000),
	insured_until VARCHAR COLLATE "C",
	photo_count BIGINT NOT NULL,
	CONSTRAINT pk_volunteer PRIMARY KEY (uid)
)
""",
    """
CREATE INDEX ix_volunteer_insured_until ON volunteer (insured_until) WHERE deleted_at IS NULL AND merged_into IS NULL AND insured_until IS NOT NULL
""",
    """
CREATE INDEX ix_volunteer_listed ON volunteer (number, uid) WHERE deleted_at IS NULL AND merged_into IS NULL
""",
    """
CREATE INDEX ix_volunteer_merged_into ON volunteer (merged_into) WHERE merged_into IS NOT NULL
""",
    """
CREATE INDEX ix_volunteer_national_number ON volunteer (national_number) WHERE deleted_at IS NULL AND merged_into IS NULL AND national_number <> ''
""",
    """
CREATE INDEX ix_volunteer_resident ON volunteer (resident) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_volunteer_state ON volunteer (state, number, uid) WHERE deleted_at IS NULL AND merged_into IS NULL
""",
    """
CREATE UNIQUE INDEX uq_volunteer_number ON volunteer (number)
""",
)
