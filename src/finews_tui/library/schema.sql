-- The index: everything that lists, filters and counts, rebuilt from the archive at any time.
-- Written for SQLite 3.40. Paths are blobs: a file name need not be UTF-8.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
-- Tells an index from one that was made in its place, where ids mean other posts.
INSERT INTO meta VALUES ('identity', lower(hex(randomblob(16))));

-- One row an article, its copies merged. Ids are never used twice, so an old listing cannot
-- show another post in place of one that is gone.
CREATE TABLE posts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    key        TEXT NOT NULL UNIQUE,
    path       BLOB NOT NULL,
    title      TEXT NOT NULL,
    folded     TEXT NOT NULL,                   -- the title as tokens.fold() gives it
    published  TEXT,                            -- ISO 8601 with the post's own offset
    epoch      INTEGER,                         -- the same moment in seconds
    day        INTEGER,                         -- the same in the archive's zone, as yyyymmdd
    source     INTEGER REFERENCES labels (id),
    categories TEXT NOT NULL,                   -- JSON list, as in the post
    tags       TEXT NOT NULL,                   -- JSON list, as in the post
    url        TEXT,
    images     INTEGER NOT NULL DEFAULT 0,      -- how many
    tables     INTEGER NOT NULL DEFAULT 0,
    document   INTEGER UNIQUE,                  -- its full text, where that is known; see fulltext.py
    is_pending INTEGER NOT NULL DEFAULT 1       -- its full text has to be read, perhaps again
);
CREATE INDEX posts_by_time ON posts (epoch, key);
CREATE INDEX posts_by_day ON posts (day);
CREATE INDEX posts_pending ON posts (epoch, key) WHERE is_pending;
CREATE INDEX posts_by_source ON posts (source, epoch, key) WHERE source IS NOT NULL;

-- The visible text of posts, packed as records.py does. The index of its words is made and kept
-- by fulltext.py, where SQLite has FTS5.
CREATE TABLE texts (
    document INTEGER PRIMARY KEY,
    content  BLOB NOT NULL
);

-- Documents that belong to no post any more: their words are still in the index of words.
CREATE TABLE dropped (document INTEGER PRIMARY KEY);

CREATE TRIGGER post_removed AFTER DELETE ON posts WHEN old.document IS NOT NULL BEGIN
    INSERT INTO dropped VALUES (old.document);
END;
-- Documents are numbered by time, so a post of another time needs another one.
CREATE TRIGGER post_redated AFTER UPDATE OF epoch ON posts
WHEN old.epoch IS NOT new.epoch AND old.document IS NOT NULL BEGIN
    INSERT INTO dropped VALUES (old.document);
    UPDATE posts SET document = NULL WHERE id = new.id;
END;

-- One row a file, and what became of it: a post, a failure or nothing by rule.
CREATE TABLE files (
    id       INTEGER PRIMARY KEY,
    path     BLOB NOT NULL UNIQUE,
    size     INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,                  -- -1: try again at the next update
    zone     TEXT NOT NULL,                     -- the zone it was read with
    bare     TEXT NOT NULL,                     -- the article's key before collisions are told apart
    post     INTEGER REFERENCES posts (id),
    place    INTEGER NOT NULL DEFAULT 0,        -- among the copies of the post
    failure  TEXT,                              -- why it could not be read
    skipped  TEXT                               -- why it is no post
);
CREATE INDEX files_by_bare ON files (bare);
CREATE INDEX files_by_post ON files (post, place) WHERE post IS NOT NULL;
CREATE INDEX files_by_failure ON files (path) WHERE failure IS NOT NULL;

-- Names that posts are filed under; kind is source, category or tag.
CREATE TABLE labels (
    id     INTEGER PRIMARY KEY,
    kind   TEXT NOT NULL,
    text   TEXT NOT NULL,
    folded TEXT NOT NULL,
    UNIQUE (kind, text)
);

CREATE TABLE post_labels (
    label INTEGER NOT NULL REFERENCES labels (id),
    post  INTEGER NOT NULL REFERENCES posts (id),
    PRIMARY KEY (label, post)
) WITHOUT ROWID;
CREATE INDEX post_labels_by_post ON post_labels (post);

-- Stocks, indices and the like, and sectors.
CREATE TABLE tickers (
    id     INTEGER PRIMARY KEY,
    symbol TEXT NOT NULL UNIQUE,
    market TEXT NOT NULL,
    kind   TEXT NOT NULL
);

-- What posts call a ticker, and how many posts do: marked by upstream, or otherwise.
CREATE TABLE names (
    id     INTEGER PRIMARY KEY,
    ticker INTEGER NOT NULL REFERENCES tickers (id),
    text   TEXT NOT NULL,
    folded TEXT NOT NULL,
    marks  INTEGER NOT NULL DEFAULT 0,
    others INTEGER NOT NULL DEFAULT 0,
    UNIQUE (ticker, text)
);

-- Only mentions that belong to the post (Trust.counts).
CREATE TABLE mentions (
    ticker INTEGER NOT NULL REFERENCES tickers (id),
    post   INTEGER NOT NULL REFERENCES posts (id),
    place  INTEGER NOT NULL,                    -- the order of first appearance
    trust  TEXT NOT NULL,
    name   INTEGER REFERENCES names (id),
    PRIMARY KEY (ticker, post)
) WITHOUT ROWID;
CREATE INDEX mentions_by_post ON mentions (post, place);

CREATE TRIGGER mention_added AFTER INSERT ON mentions WHEN new.name IS NOT NULL BEGIN
    UPDATE names SET marks = marks + (new.trust = 'mark'), others = others + (new.trust <> 'mark')
    WHERE id = new.name;
END;
CREATE TRIGGER mention_removed AFTER DELETE ON mentions WHEN old.name IS NOT NULL BEGIN
    UPDATE names SET marks = marks - (old.trust = 'mark'), others = others - (old.trust <> 'mark')
    WHERE id = old.name;
END;

-- A ticker with the name that most posts give it; marks of upstream before names from the text.
CREATE VIEW badges AS
SELECT id, symbol, market, kind,
       (SELECT text FROM names WHERE names.ticker = tickers.id AND marks + others > 0
        ORDER BY marks DESC, others DESC, text LIMIT 1) AS name
FROM tickers;

-- How many posts stand under each node of the category tree. Kept by counts.py, as is the log of
-- posts that were known before and came under a node (step 1) or left it (-1).
CREATE TABLE counts (
    kind  TEXT NOT NULL,
    node  INTEGER NOT NULL,
    posts INTEGER NOT NULL,
    PRIMARY KEY (kind, node)
) WITHOUT ROWID;

CREATE TABLE moves (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    post INTEGER NOT NULL,
    kind TEXT NOT NULL,
    node INTEGER NOT NULL,
    step INTEGER NOT NULL
);
