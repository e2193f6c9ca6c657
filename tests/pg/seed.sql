-- The seed layout ("L1"): quoted CamelCase names, ids as text, TIMESTAMP(3) in UTC. There is no
-- index but of keys, and no default for "id" and "updatedAt": their client library fills them.
BEGIN;
CREATE TYPE "UserRole"        AS ENUM ('ADMIN', 'USER', 'VIEWER');
CREATE TYPE "CameraStatus"    AS ENUM ('ONLINE', 'OFFLINE', 'ERROR');
CREATE TYPE "StreamStatus"    AS ENUM ('ACTIVE', 'INACTIVE', 'ERROR');
CREATE TYPE "RecordingStatus" AS ENUM ('RECORDING', 'COMPLETED', 'ERROR');
CREATE TABLE "User" (
  "id"        TEXT         NOT NULL,
  "username"  TEXT         NOT NULL,
  "email"     TEXT         NOT NULL,
  "password"  TEXT         NOT NULL,
  "role"      "UserRole"   NOT NULL DEFAULT 'USER',
  "isActive"  BOOLEAN      NOT NULL DEFAULT true,
  "lastLogin" TIMESTAMP(3),
  "settings"  JSONB,
  "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" TIMESTAMP(3) NOT NULL,
  CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "User_username_key" ON "User" ("username");
CREATE UNIQUE INDEX "User_email_key"    ON "User" ("email");
CREATE TABLE "Camera" (
  "id"        TEXT           NOT NULL,
  "name"      TEXT           NOT NULL,
  "rtspUrl"   TEXT           NOT NULL,
  "username"  TEXT,
  "password"  TEXT,
  "status"    "CameraStatus" NOT NULL DEFAULT 'OFFLINE',
  "ipAddress" TEXT,
  "model"     TEXT,
  "location"  TEXT,
  "settings"  JSONB,
  "createdAt" TIMESTAMP(3)   NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" TIMESTAMP(3)   NOT NULL,
  CONSTRAINT "Camera_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "Stream" (
  "id"        TEXT           NOT NULL,
  "cameraId"  TEXT           NOT NULL,
  "status"    "StreamStatus" NOT NULL DEFAULT 'INACTIVE',
  "startedAt" TIMESTAMP(3),
  "endedAt"   TIMESTAMP(3),
  "metadata"  JSONB,
  "createdAt" TIMESTAMP(3)   NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" TIMESTAMP(3)   NOT NULL,
  CONSTRAINT "Stream_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Stream_cameraId_fkey" FOREIGN KEY ("cameraId")
    REFERENCES "Camera" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TABLE "Recording" (
  "id"        TEXT              NOT NULL,
  "cameraId"  TEXT              NOT NULL,
  "streamId"  TEXT,
  "startTime" TIMESTAMP(3)      NOT NULL,
  "endTime"   TIMESTAMP(3),
  "duration"  INTEGER,
  "status"    "RecordingStatus" NOT NULL DEFAULT 'RECORDING',
  "metadata"  JSONB,
  "createdAt" TIMESTAMP(3)      NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" TIMESTAMP(3)      NOT NULL,
  CONSTRAINT "Recording_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Recording_cameraId_fkey" FOREIGN KEY ("cameraId")
    REFERENCES "Camera" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TABLE "Segment" (
  "id"            TEXT         NOT NULL,
  "recordingId"   TEXT         NOT NULL,
  "startTime"     TIMESTAMP(3) NOT NULL,
  "endTime"       TIMESTAMP(3) NOT NULL,
  "duration"      INTEGER      NOT NULL,
  "filePath"      TEXT         NOT NULL,
  "fileSize"      INTEGER      NOT NULL,
  "thumbnailPath" TEXT,
  "metadata"      JSONB,
  "createdAt"     TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt"     TIMESTAMP(3) NOT NULL,
  CONSTRAINT "Segment_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Segment_recordingId_fkey" FOREIGN KEY ("recordingId")
    REFERENCES "Recording" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TABLE "Event" (
  "id"            TEXT             NOT NULL,
  "recordingId"   TEXT,
  "cameraId"      TEXT,
  "timestamp"     TIMESTAMP(3)     NOT NULL,
  "eventType"     TEXT             NOT NULL,
  "confidence"    DOUBLE PRECISION,
  "thumbnailPath" TEXT,
  "metadata"      JSONB,
  "createdAt"     TIMESTAMP(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt"     TIMESTAMP(3)     NOT NULL,
  CONSTRAINT "Event_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Event_recordingId_fkey" FOREIGN KEY ("recordingId")
    REFERENCES "Recording" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE TABLE "DetectedObject" (
  "id"          TEXT             NOT NULL,
  "eventId"     TEXT             NOT NULL,
  "objectType"  TEXT             NOT NULL,
  "confidence"  DOUBLE PRECISION NOT NULL,
  "boundingBox" JSONB            NOT NULL,
  "metadata"    JSONB,
  "createdAt"   TIMESTAMP(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt"   TIMESTAMP(3)     NOT NULL,
  CONSTRAINT "DetectedObject_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "DetectedObject_eventId_fkey" FOREIGN KEY ("eventId")
    REFERENCES "Event" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TABLE "Notification" (
  "id"        TEXT         NOT NULL,
  "userId"    TEXT,
  "eventId"   TEXT,
  "title"     TEXT         NOT NULL,
  "message"   TEXT         NOT NULL,
  "type"      TEXT         NOT NULL,
  "status"    TEXT         NOT NULL,
  "sentAt"    TIMESTAMP(3),
  "readAt"    TIMESTAMP(3),
  "metadata"  JSONB,
  "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" TIMESTAMP(3) NOT NULL,
  CONSTRAINT "Notification_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Notification_userId_fkey" FOREIGN KEY ("userId")
    REFERENCES "User" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE TABLE "RetentionPolicy" (
  "id"            TEXT         NOT NULL,
  "name"          TEXT         NOT NULL,
  "description"   TEXT,
  "cameraId"      TEXT,
  "retentionDays" INTEGER      NOT NULL,
  "priority"      INTEGER      NOT NULL,
  "isActive"      BOOLEAN      NOT NULL DEFAULT true,
  "createdAt"     TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt"     TIMESTAMP(3) NOT NULL,
  CONSTRAINT "RetentionPolicy_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "SystemSettings" (
  "id"           TEXT         NOT NULL,
  "settingKey"   TEXT         NOT NULL,
  "settingValue" TEXT         NOT NULL,
  "category"     TEXT         NOT NULL,
  "description"  TEXT,
  "updatedBy"    TEXT,
  "updatedAt"    TIMESTAMP(3) NOT NULL,
  CONSTRAINT "SystemSettings_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "SystemSettings_settingKey_key" ON "SystemSettings" ("settingKey");
COMMIT;
