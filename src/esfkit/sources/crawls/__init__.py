"""Crawls: files of many pages, most of which are dropped before they are decoded."""
