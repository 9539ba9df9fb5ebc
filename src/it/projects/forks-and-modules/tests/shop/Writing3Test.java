package shop;

class Writing3Test extends Writing {}
