package extract

import "math"

// matrix is the affine map [a b c d e f] of PDF: x' = ax+cy+e, y' = bx+dy+f.
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// mul is first m, then n.
func (m matrix) mul(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

func translation(x, y float64) matrix { return matrix{1, 0, 0, 1, x, y} }

// area is what a unit square becomes.
func (m matrix) area() float64 { return math.Abs(m[0]*m[3] - m[1]*m[2]) }

// apply is where p comes to lie.
func (m matrix) apply(p point) point {
	return point{m[0]*p.x + m[2]*p.y + m[4], m[1]*p.x + m[3]*p.y + m[5]}
}

// origin is where the point (0, 0) comes to lie.
func (m matrix) origin() point { return point{m[4], m[5]} }

// along is the direction of the x axis and the length of its unit.
func (m matrix) along() (point, float64) {
	length := math.Hypot(m[0], m[1])
	if length == 0 {
		return point{1, 0}, 0
	}
	return point{m[0] / length, m[1] / length}, length
}

// operandMatrix reads six numbers; ok is false where there are fewer.
func operandMatrix(operands []any) (m matrix, ok bool) {
	if len(operands) < 6 {
		return identity, false
	}
	for i, operand := range operands[len(operands)-6:] {
		m[i], _ = operand.(float64)
	}
	return m, true
}
