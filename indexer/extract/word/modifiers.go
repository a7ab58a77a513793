package word

// Modifiers of properties that matter to the text (MS-DOC 2.6).
const (
	charDeleted        = 0x0800
	charSymbol         = 0x6A09
	charStyle          = 0x4A30
	charFont           = 0x4A4F // of ASCII
	charFontOther      = 0x4A51 // of what is neither ASCII nor East Asian
	parStyle           = 0x4600
	parLevel           = 0x260A
	parList            = 0x460B
	parPageBefore      = 0x2407
	parInTable         = 0x2416
	parRowEnd          = 0x2417
	parDepth           = 0x6649
	parDepthChange     = 0x664A
	parInnerCell       = 0x244B
	parInnerRowEnd     = 0x244C
	parHuge            = 0x6646
	parHugeOld         = 0x6645
	parTabs            = 0xC615
	tableDefinition    = 0xD608
	tableDefinitionOld = 0xD606
	sectionBreak       = 0x3009
	sectionTitle       = 0x300A
)

// shortModifiers are those of them that a piece can carry as a number of 7 bits
// (MS-DOC 2.9.214).
var shortModifiers = map[int]int{0x09: parPageBefore, 0x0C: parLevel, 0x18: parInTable, 0x19: parRowEnd, 0x41: charDeleted}

// modifiers calls f with every modifier and its operand.
func modifiers(b block, f func(op int, operand block)) {
	for at := 0; at+2 < len(b); {
		op := b.u16(at)
		at += 2
		size := operandSize(op, b, at)
		f(op, b.part(at, size))
		at += size
	}
}

// operandSize is how many bytes follow a modifier; its upper three bits tell.
func operandSize(op int, b block, at int) int {
	switch op >> 13 {
	case 0, 1:
		return 1
	case 2, 4, 5:
		return 2
	case 3:
		return 4
	case 7:
		return 3
	}
	switch {
	case op == tableDefinition || op == tableDefinitionOld:
		return b.u16(at) + 1
	case op == parTabs && b.u8(at) == 255:
		deleted := 4 * b.u8(at+1)
		return 3 + deleted + 3*b.u8(at+2+deleted)
	}
	return 1 + b.u8(at)
}

// character is what the properties of a run say.
type character struct {
	deleted bool
	symbol  rune // drawn instead of the character, 0 where there is none
	style   int  // 0 where there is none
	font    fontRef
}

func (c *character) apply(b block) {
	modifiers(b, func(op int, operand block) {
		switch op {
		case charDeleted:
			c.deleted = operand.u8(0)&1 != 0
		case charSymbol:
			c.symbol = rune(operand.u16(2))
		case charStyle:
			c.style, c.font = operand.u16(0), 0
		case charFont, charFontOther:
			c.font = fontRef(operand.u16(0)) + 1
		}
	})
}

// paragraph is what the properties of a paragraph say.
type paragraph struct {
	depth                  int // of the table it is in
	inTable, rowEnd        bool
	innerCell, innerRowEnd bool
	pageBefore             bool
	huge                   bool // its properties lie elsewhere
	list, level            int  // from 1 and from 0
	font                   fontRef
}

func (p *paragraph) apply(b block) {
	modifiers(b, func(op int, operand block) {
		on := operand.u8(0) != 0
		switch op {
		case parLevel:
			p.level = operand.u8(0)
		case parList:
			p.list = operand.u16(0)
		case parPageBefore:
			p.pageBefore = on
		case parInTable:
			p.inTable = on
		case parRowEnd:
			p.rowEnd = on
		case parDepth:
			p.depth = operand.u32(0)
		case parDepthChange:
			p.depth += int(int32(operand.u32(0)))
		case parInnerCell:
			p.innerCell = on
		case parInnerRowEnd:
			p.innerRowEnd = on
		case parHuge, parHugeOld:
			p.huge = true
		}
	})
}
