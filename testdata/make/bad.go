package main

func makeBad(folder string) error { return nil }
