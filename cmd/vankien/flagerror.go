package main

import (
	"errors"
	"fmt"

	"github.com/spf13/pflag"
)

// flagError says in Vietnamese what is wrong with a flag: pflag's own errors
// are English. What is none of them comes back as it is.
func flagError(err error) error {
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var value *pflag.InvalidValueError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown):
		return fmt.Errorf("không có tùy chọn %s", dashed(unknown.GetSpecifiedName(), unknown.GetSpecifiedShortnames()))
	case errors.As(err, &bare):
		return fmt.Errorf("%s: thiếu giá trị đi sau", dashed(bare.GetSpecifiedName(), bare.GetSpecifiedShortnames()))
	case errors.As(err, &value):
		return fmt.Errorf("--%s: %w", value.GetFlag().Name, valueError(value))
	case errors.As(err, &syntax):
		return fmt.Errorf("%q không phải là tùy chọn", syntax.GetSpecifiedFlag())
	default:
		return err
	}
}

// valueError says what a flag's value should have been.
func valueError(err *pflag.InvalidValueError) error {
	var want string
	switch err.GetFlag().Value.Type() {
	case "int":
		want = "cần một số nguyên"
	case "bool":
		want = "chỉ nhận true hoặc false"
	default:
		want = "không đọc được giá trị này"
	}
	return fmt.Errorf("%q: %s", err.GetValue(), want)
}

// dashed is a flag as it was typed: one letter of shorthands, or a long name.
func dashed(name, shorthands string) string {
	if shorthands != "" {
		return "-" + name
	}
	return "--" + name
}
