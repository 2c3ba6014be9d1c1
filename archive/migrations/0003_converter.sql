-- Which program turned a file into one that can be read: NULL where none was needed, '' where one was and there was none.
ALTER TABLE readings ADD COLUMN converter TEXT;
CREATE INDEX readings_converter ON readings (converter) WHERE converter IS NOT NULL;
