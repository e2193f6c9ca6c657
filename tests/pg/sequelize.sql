-- The layout of their old Sequelize migrations ("L3"): snake_case plural names, uuid, TIMESTAMPTZ,
-- enum labels in lower case, and one camelCase column of the second file.
BEGIN;
CREATE TYPE enum_users_role AS ENUM ('admin', 'user', 'viewer');
CREATE TYPE enum_cameras_status AS ENUM ('online', 'offline', 'error');
CREATE TYPE "enum_cameras_protocolType" AS ENUM ('rtsp', 'onvif', 'webrtc');
CREATE TYPE enum_streams_status AS ENUM ('active', 'inactive', 'error');
CREATE TYPE enum_recordings_status AS ENUM ('recording', 'completed', 'error');
CREATE TYPE enum_events_type AS ENUM ('motion', 'person', 'vehicle', 'animal', 'custom');
CREATE TABLE users (
  id         UUID         NOT NULL PRIMARY KEY,
  username   VARCHAR(255) NOT NULL UNIQUE,
  email      VARCHAR(255) NOT NULL UNIQUE,
  password   VARCHAR(255) NOT NULL,
  role       enum_users_role NOT NULL DEFAULT 'user',
  last_login TIMESTAMPTZ,
  settings   JSONB DEFAULT '{}',
  created_at TIMESTAMPTZ  NOT NULL,
  updated_at TIMESTAMPTZ  NOT NULL
);
CREATE TABLE cameras (
  id         UUID         NOT NULL PRIMARY KEY,
  name       VARCHAR(255) NOT NULL,
  rtsp_url   VARCHAR(255) NOT NULL,
  username   VARCHAR(255),
  password   VARCHAR(255),
  status     enum_cameras_status NOT NULL DEFAULT 'offline',
  ip_address VARCHAR(255),
  model      VARCHAR(255),
  location   VARCHAR(255),
  settings   JSONB DEFAULT '{}',
  "protocolType" "enum_cameras_protocolType" NOT NULL DEFAULT 'rtsp',
  created_at TIMESTAMPTZ  NOT NULL,
  updated_at TIMESTAMPTZ  NOT NULL
);
CREATE TABLE streams (
  id         UUID        NOT NULL PRIMARY KEY,
  camera_id  UUID        NOT NULL REFERENCES cameras (id) ON DELETE CASCADE ON UPDATE CASCADE,
  status     enum_streams_status NOT NULL DEFAULT 'inactive',
  started_at TIMESTAMPTZ,
  ended_at   TIMESTAMPTZ,
  metadata   JSONB DEFAULT '{}',
  created_at TIMESTAMPTZ NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE recordings (
  id         UUID        NOT NULL PRIMARY KEY,
  camera_id  UUID        NOT NULL REFERENCES cameras (id) ON DELETE CASCADE ON UPDATE CASCADE,
  start_time TIMESTAMPTZ NOT NULL,
  end_time   TIMESTAMPTZ,
  duration   INTEGER,
  status     enum_recordings_status NOT NULL DEFAULT 'recording',
  metadata   JSONB DEFAULT '{}',
  created_at TIMESTAMPTZ NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE segments (
  id             UUID         NOT NULL PRIMARY KEY,
  recording_id   UUID         NOT NULL REFERENCES recordings (id) ON DELETE CASCADE ON UPDATE CASCADE,
  stream_id      UUID         NOT NULL REFERENCES streams (id) ON DELETE CASCADE ON UPDATE CASCADE,
  start_time     TIMESTAMPTZ  NOT NULL,
  end_time       TIMESTAMPTZ,
  duration       INTEGER,
  file_path      VARCHAR(255) NOT NULL,
  file_size      BIGINT,
  format         VARCHAR(255),
  resolution     VARCHAR(255),
  thumbnail_path VARCHAR(255),
  metadata       JSONB DEFAULT '{}',
  created_at     TIMESTAMPTZ  NOT NULL,
  updated_at     TIMESTAMPTZ  NOT NULL
);
CREATE TABLE events (
  id             UUID        NOT NULL PRIMARY KEY,
  recording_id   UUID        NOT NULL REFERENCES recordings (id) ON DELETE CASCADE ON UPDATE CASCADE,
  segment_id     UUID        REFERENCES segments (id) ON DELETE CASCADE ON UPDATE CASCADE,
  timestamp      TIMESTAMPTZ NOT NULL,
  type           enum_events_type NOT NULL,
  confidence     DOUBLE PRECISION,
  thumbnail_path VARCHAR(255),
  metadata       JSONB DEFAULT '{}',
  created_at     TIMESTAMPTZ NOT NULL,
  updated_at     TIMESTAMPTZ NOT NULL
);
CREATE TABLE detected_objects (
  id           UUID         NOT NULL PRIMARY KEY,
  event_id     UUID         NOT NULL REFERENCES events (id) ON DELETE CASCADE ON UPDATE CASCADE,
  type         VARCHAR(255) NOT NULL,
  confidence   DOUBLE PRECISION,
  bounding_box JSONB,
  metadata     JSONB DEFAULT '{}',
  created_at   TIMESTAMPTZ  NOT NULL,
  updated_at   TIMESTAMPTZ  NOT NULL
);
COMMIT;
