"""A small package in the style of the generated ones, with path trees and services: tasks, projects, users, hours."""
