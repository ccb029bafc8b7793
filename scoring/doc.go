// Package scoring holds the rubric 指标体系 and the arithmetic: there is one
// function in the program that turns a rubric and what was found into a score,
// and it is here.
//
// The package is pure: no I/O, no clock, no floating point. Points are integers
// of 1/10000 (Decimal); results are fractions without rounding (Exact), and
// gates, grades and lists are decided on them. Rounding happens once, when a
// figure is printed, and a printed figure never claims a threshold that the
// exact one has not reached.
//
// Use it like this: Rubric.Check says what is wrong with a rubric; NewEngine
// compiles one; Engine.NewSheet and Sheet.Put take what was found; Engine.Check
// says what of it is wrong or missing; Engine.Evaluate computes the numbers and
// Engine.Explain the same numbers with the steps that lead to them.
//
//	X = (M − D) · full / M     M = full − Σ points of absent indicators, D = counted losses
//	Y = Σ counted bonus, or 0 while the gate on X is closed
//	total = Σ parts
package scoring
