// Package word reads the text of Word 97–2003 files (MS-DOC).
package word

import _ "github.com/richardlehane/mscfb" // Apache-2.0
