/** How long what a person writes may be: in a file of its own, so that a page counts without carrying the schemas. */

/** All answers of a report together, as JSON in UTF-8: with the questions they fit an item of 640 KiB. */
export const answersMaxBytes = 512 * 1024;
/** One line of text, in UTF-16 code units as an HTML field counts them. */
export const shortTextMaxLength = 256;
/** One message, in UTF-8 bytes. */
export const commentMaxBytes = 64 * 1024;
/** Files of one submission; more can be added once the report is there. */
export const submittedFilesMax = 64;
