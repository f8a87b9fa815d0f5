# Draws cards from a deck that never ends.
require 'sinatra'
require_relative 'lib/deck'

get('/') { "#{Deck.size} cards\n" }

get('/card/:number') do |number|
  Deck.card(Integer(number, 10)) + "\n"
rescue ArgumentError
  halt 400, "not a number\n"
end
